namespace ClvOrleans.Storage.Watches;

/// <summary>A transition's place in a list, the newest first.</summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Shard">Shard of the customer.</param>
/// <param name="Commit">Commit number of the row that shows it.</param>
/// <param name="Index">Its place among the transitions of the commit.</param>
public readonly record struct TransitionPosition(DateTimeOffset At, int Shard, long Commit, int Index);
