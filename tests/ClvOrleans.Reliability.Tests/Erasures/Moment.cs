namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>How far a request to erase people has come when its service is killed.</summary>
public enum Moment
{
    /// <summary>The request is acknowledged; nobody is erased yet.</summary>
    Begun,

    /// <summary>Some are erased.</summary>
    Erasing,

    /// <summary>All are erased; their ids are kept to remove what was under way.</summary>
    Settling,

    /// <summary>No id of theirs is left in the tables but in the request; the disk is being swept.</summary>
    Sweeping,

    /// <summary>The end of the request is kept; what it had on the disk is not swept yet.</summary>
    Ended,
}
