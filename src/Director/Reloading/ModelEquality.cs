using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Director.Reloading;

/// <summary>
/// Whether two parts of a configuration mean the same, wherever they stand in the file: by <see cref="ModelShape"/>, lists element by
/// element. Compiled once for each type, as a reload compares tens of thousands of servers. Pure; safe from any thread.
/// </summary>
internal static class ModelEquality
{
    private static readonly ConcurrentDictionary<Type, Func<object, object, bool>> Tests = new();

    /// <summary>Whether they mean the same; two nulls do.</summary>
    public static bool AreSame(object? one, object? other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one is null || other is null || one.GetType() != other.GetType()) return false;
        return Tests.GetOrAdd(one.GetType(), static type => Compile(type))(one, other);
    }

    private static bool AreSameLists<T>(IEnumerable<T>? one, IEnumerable<T>? other)
    {
        if (ReferenceEquals(one, other)) return true;
        if (one is null || other is null) return false;
        if (one is IReadOnlyList<T> list && other is IReadOnlyList<T> others)
        {
            if (list.Count != others.Count) return false;
            for (var index = 0; index < list.Count; index++)
                if (!IsSame(list[index], others[index])) return false;
            return true;
        }

        return one.SequenceEqual(other, EqualityComparer<T>.Create(IsSame));
    }

    private static bool IsSame<T>(T? one, T? other) =>
        ModelShape.IsModel(typeof(T)) ? AreSame(one, other) : EqualityComparer<T>.Default.Equals(one, other);

    private static bool AreSamePatterns(Regex? one, Regex? other) =>
        ReferenceEquals(one, other) || (one?.ToString() == other?.ToString() && one?.Options == other?.Options);

    private static Func<object, object, bool> Compile(Type type)
    {
        var (one, other) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
        if (!ModelShape.IsModel(type))
            return Expression.Lambda<Func<object, object, bool>>(Expression.Call(one, nameof(Equals), null, other), one, other).Compile();
        var (left, right) = (Expression.Variable(type), Expression.Variable(type));
        var same = ModelShape.Of(type).Properties.Select(property =>
                Test(property.PropertyType, Expression.Property(left, property), Expression.Property(right, property)))
            .Aggregate((Expression)Expression.Constant(true), Expression.AndAlso);
        var body = Expression.Block(
            [left, right],
            Expression.Assign(left, Expression.Convert(one, type)),
            Expression.Assign(right, Expression.Convert(other, type)),
            same);
        return Expression.Lambda<Func<object, object, bool>>(body, one, other).Compile();
    }

    private static MethodCallExpression Test(Type type, Expression left, Expression right)
    {
        if (type == typeof(Regex)) return Expression.Call(Method(nameof(AreSamePatterns)), left, right);
        if (ModelShape.IsModel(type)) return Expression.Call(Method(nameof(AreSame)), left, right);
        if (ModelShape.ElementOf(type) is { } element)
        {
            var lists = typeof(IEnumerable<>).MakeGenericType(element);
            return Expression.Call(
                Method(nameof(AreSameLists)).MakeGenericMethod(element), Expression.Convert(left, lists), Expression.Convert(right, lists));
        }

        var comparer = typeof(EqualityComparer<>).MakeGenericType(type);
        return Expression.Call(
            Expression.Property(null, comparer, nameof(EqualityComparer<>.Default)),
            comparer.GetMethod(nameof(Equals), [type, type])!, left, right);
    }

    private static MethodInfo Method(string name) =>
        typeof(ModelEquality).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
}
