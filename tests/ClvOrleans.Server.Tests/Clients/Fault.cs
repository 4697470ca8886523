namespace ClvOrleans.Server.Tests.Clients;

/// <summary>What a bad network or a busy service does to a request that carries events.</summary>
internal enum Fault
{
    /// <summary>429 with <c>Retry-After: 1</c>; the service has not seen it.</summary>
    TooManyRequests,

    /// <summary>503; the service has not seen it.</summary>
    Unavailable,

    /// <summary>The connection ends before the service has the request.</summary>
    CutBefore,

    /// <summary>The service accepts the request, and its answer is lost.</summary>
    CutAfter,

    /// <summary>The service gets the request twice at the same time.</summary>
    Twice,
}
