namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>A check that goes by the settings of one store, and is run for each.</summary>
internal interface IEachStoreCheck : IStoreCheck;
