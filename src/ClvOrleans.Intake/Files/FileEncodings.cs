using System.Text;

namespace ClvOrleans.Intake.Files;

/// <summary>Encodings of text by name.</summary>
public static class FileEncodings
{
    /// <summary>The encoding of a name, such as utf-8, utf-16, windows-1252 or gb18030; null where there is none.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            // UTF-7 can say anything in signs that look harmless; nobody exports it.
            return name.Equals("utf-7", StringComparison.OrdinalIgnoreCase) ? null
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
