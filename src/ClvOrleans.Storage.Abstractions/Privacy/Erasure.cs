namespace ClvOrleans.Storage.Privacy;

/// <summary>What is kept of an erasure or a suppression: for each name, until when its events are dropped.</summary>
/// <param name="Hash">The keyed hash of the name (<see cref="ErasureKey"/>).</param>
/// <param name="Until">
/// Events that happened up to then are dropped; <see cref="DateTimeOffset.MaxValue"/> drops all, until the name is unsuppressed.
/// </param>
/// <param name="At">When it was erased or suppressed last.</param>
/// <param name="IsErased">Whether what was held under it has been erased; false where it is suppressed only.</param>
public sealed record Erasure(string Hash, DateTimeOffset Until, DateTimeOffset At, bool IsErased);
