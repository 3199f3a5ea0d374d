namespace Director.Config.Binder;

/// <summary>The keywords of a kind of block without the draft that they fill: for their documentation.</summary>
internal interface IKeywordTable
{
    /// <summary>The keywords, in the order of their table; none if the block's lines are entries, such as addresses.</summary>
    IReadOnlyList<IKeyword> Table { get; }
}
