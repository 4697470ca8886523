namespace ClvOrleans.Storage.Postgres.Inspections;

/// <summary>A member of the cluster, as its table says.</summary>
/// <param name="Address">Address and port.</param>
/// <param name="Status">Orleans' number of its status; 3 is active.</param>
/// <param name="Silent">Time since it last said that it is alive, by the database's clock. A live one says so every 30 s.</param>
public sealed record PostgresMember(string Address, int Status, TimeSpan Silent);
