namespace ClvOrleans.Reliability.Tests.Decisions;

/// <summary>How far the action of a policy has come when its service is killed.</summary>
public enum Moment
{
    /// <summary>What happened to customers is kept, and not decided yet.</summary>
    Noticed,

    /// <summary>It is decided, and nothing has left.</summary>
    Decided,

    /// <summary>Webhooks are on their way, and not answered yet.</summary>
    HandedOver,

    /// <summary>Webhooks have just been answered.</summary>
    Acknowledged,
}
