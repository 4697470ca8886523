using System.Text;

namespace ClvOrleans.Tests;

/// <summary>Looks for a text in the bytes of a folder's files, also those that a service is writing to.</summary>
internal static class FileSearch
{
    private const string Lock = "lock"; // Of the running service alone, and empty.
    private const int Part = 16 << 20;

    /// <summary>The files that have it, and how often.</summary>
    public static IReadOnlyList<(string Path, long Times)> Find(string folder, string text)
    {
        while (true)
        {
            try
            {
                return
                [
                    .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != Lock)
                        .Select(path => (path, Count(path, Encoding.UTF8.GetBytes(text)))).Where(found => found.Item2 > 0),
                ];
            }
            catch (FileNotFoundException)
            {
                // It has got another name, under which it may have been passed already.
            }
        }
    }

    private static long Count(string path, byte[] wanted)
    {
        var (found, buffer) = (0L, new byte[Part + wanted.Length]);
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

        return found;
    }
}
