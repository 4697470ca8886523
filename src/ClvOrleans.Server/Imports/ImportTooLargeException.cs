namespace ClvOrleans.Server.Imports;

/// <summary>An uploaded file is larger than is taken.</summary>
internal sealed class ImportTooLargeException(long mostBytes)
    : Exception($"The file is larger than {mostBytes} bytes: send it in parts, or packed as gzip, or raise Imports__MostBytes.");
