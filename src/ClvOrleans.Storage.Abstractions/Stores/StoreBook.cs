namespace ClvOrleans.Storage.Stores;

/// <summary>The stores of an installation at a moment.</summary>
/// <param name="Revision">Rises with each change of any of them; 0 before the first.</param>
/// <param name="All">The newest version of each, by id.</param>
public sealed record StoreBook(long Revision, IReadOnlyList<StoreRecord> All);
