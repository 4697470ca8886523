namespace ClvOrleans.Server.Imports;

/// <summary>Lines that were refused together.</summary>
/// <param name="Line">Number of the first one, from 1 and with the header.</param>
/// <param name="Lines">How many they are; an order is refused with all its lines.</param>
/// <param name="Code">The reason as a word.</param>
/// <param name="Message">The reason as a sentence that names the column or field.</param>
internal sealed record ImportRefusal(long Line, int Lines, string Code, string Message);
