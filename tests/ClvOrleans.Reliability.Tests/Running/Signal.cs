namespace ClvOrleans.Reliability.Tests.Running;

/// <summary>Signals, as the command <c>kill</c> names them.</summary>
internal enum Signal
{
    /// <summary>Ends the process at once.</summary>
    Kill,

    /// <summary>Asks the process to end.</summary>
    Term,

    /// <summary>Freezes the process.</summary>
    Stop,

    /// <summary>Lets a frozen process go on.</summary>
    Cont,
}
