namespace ClvOrleans.Storage.Privacy;

/// <summary>A commit holds events of somebody who was erased or is suppressed; nothing of it was written.</summary>
public sealed class CustomerErasedException()
    : Exception("The events belong to somebody who was erased or is suppressed; nothing was written.");
