using System.Text;

namespace ClvOrleans.Benchmarks.Erasures;

/// <summary>Looks for a text in the bytes of files.</summary>
internal static class FileSearch
{
    private const int Part = 16 << 20;

    /// <summary>How often it is in the files of a folder.</summary>
    public static long Count(string folder, string text)
    {
        var (wanted, found) = (Encoding.UTF8.GetBytes(text), 0L);
        var buffer = new byte[Part + wanted.Length];
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            for (var kept = 0; file.Read(buffer, kept, Part) is var read and > 0;)
            {
                var bytes = buffer.AsSpan(0, kept + read);
                for (var at = 0; bytes[at..].IndexOf(wanted) is var next and >= 0; at += next + wanted.Length)
                {
                    found++;
                }

                kept = Math.Min(bytes.Length, wanted.Length - 1);
                bytes[^kept..].CopyTo(buffer);
            }
        }

        return found;
    }
}
