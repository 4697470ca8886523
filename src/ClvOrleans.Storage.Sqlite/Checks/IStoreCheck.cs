namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>One thing that must hold of a store at rest.</summary>
internal interface IStoreCheck
{
    /// <summary>What is checked, in a few words.</summary>
    string Name { get; }

    /// <summary>What is wrong, each in a sentence; streamed, for there may be many.</summary>
    IEnumerable<string> Run(CheckedStore store);
}
