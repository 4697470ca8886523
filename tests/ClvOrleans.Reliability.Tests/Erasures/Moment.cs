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

    /// <summary>The end of the request is kept; the disk is not scrubbed yet.</summary>
    Ended,
}
