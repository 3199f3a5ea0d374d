using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Director.Config;

namespace Director.Reloading;

/// <summary>
/// What of a type of the configuration model the operator can write: every property that is set when it is made, in the order of its
/// declaration, but for places in files. Whatever is added to the model is part of this at once, so that no change of a file is taken for
/// none. Safe from any thread.
/// </summary>
internal sealed class ModelShape
{
    private static readonly ConcurrentDictionary<Type, ModelShape> Known = new();

    private ModelShape(Type type)
    {
        Properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0
                    && property.PropertyType != typeof(SourceLocation))
                .OrderBy(property => property.DeclaringType == type).ThenBy(property => property.MetadataToken),
        ];
        var text = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        IsWrittenByItself = text.DeclaringType == type
            && text.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null;
    }

    /// <summary>The properties.</summary>
    public IReadOnlyList<PropertyInfo> Properties { get; }

    /// <summary>Whether its <c>ToString</c> is for people, rather than the compiler's.</summary>
    public bool IsWrittenByItself { get; }

    /// <summary>That of a type of the model.</summary>
    public static ModelShape Of(Type type) => Known.GetOrAdd(type, static type => new(type));

    /// <summary>Whether a type belongs to the model: what it holds is looked at, rather than compared as a whole.</summary>
    public static bool IsModel(Type type) => type is { IsClass: true, Namespace: "Director.Config" };

    /// <summary>What a list holds; null of anything else. Text is no list.</summary>
    public static Type? ElementOf(Type type) => type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type)
        ? null
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
}
