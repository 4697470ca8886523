using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Names lines that have no id of their own by what stands on them, and equal lines by their order: the third of its kind is always the
/// third. So a file that was imported is known again, also when it has grown or begins elsewhere. Takes 16 bytes a line.
/// </summary>
internal sealed class Repetitions
{
    private readonly HashSet<UInt128> _once = [];
    private readonly Dictionary<UInt128, int> _more = [];

    /// <summary>The name of the next line of this content.</summary>
    public string Name(string content)
    {
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(content.AsSpan()));
        var name = hash.ToString("x32", CultureInfo.InvariantCulture);
        if (_once.Add(hash))
        {
            return name;
        }

        var number = _more[hash] = _more.GetValueOrDefault(hash, 1) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");
    }
}
