namespace ClvOrleans.Testing.Scale;

/// <summary>What an installation needs.</summary>
/// <param name="Silos">Silos.</param>
/// <param name="Shards">Shards of the store.</param>
/// <param name="Databases">Databases that write.</param>
/// <param name="Group">Events in a transaction.</param>
/// <param name="DatabaseProcessors">Processors of all databases.</param>
/// <param name="Memory">Bytes of the customers in memory, over all silos.</param>
/// <param name="Log">Bytes a second that the disks of the log take.</param>
/// <param name="Year">Bytes that a year leaves.</param>
/// <param name="First">What breaks first.</param>
internal sealed record ScalePlan(
    double Silos, double Shards, double Databases, double Group, double DatabaseProcessors, double Memory, double Log, double Year,
    string First);
