namespace ClvOrleans.Server.Imports;

/// <summary>An import was asked for wrongly: the message names the option.</summary>
internal sealed class ImportRequestException(string message) : Exception(message);
