namespace ClvOrleans.Intake.Files;

/// <summary>A copy on disk of a stream, for formats that are read from their end; it goes when it is closed.</summary>
internal static class SpooledFile
{
    private const long MostBytes = 8L << 30;

    /// <exception cref="HistoryFormatException">The stream is too long.</exception>
    public static FileStream Of(Stream stream)
    {
        var copy = TemporaryFile.Create();
        try
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                copy.Write(buffer, 0, read);
                if (copy.Length > MostBytes)
                {
                    throw new HistoryFormatException("The file is larger than 8 GiB: export it in parts, or as CSV.");
                }
            }

            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}
