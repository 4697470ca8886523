using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Who gets which arm, from the unit's id alone: nothing is stored for a unit, and any program can compute it again. A unit has a place
/// from 0 to 999,999 on a line, and each arm owns ranges of the line. The place comes from SHA-256 over the UTF-8 bytes of the salt, one
/// zero byte, and the UTF-8 bytes of the id; the first eight bytes of the digest, most significant first, are a whole number h, and the
/// place is ⌊h · 10⁶ / 2⁶⁴⌋. Experiments with different salts are independent of each other. The ranges are the whole state: keep them to
/// come back to the same allocation after <see cref="Change"/>.
/// </summary>
public sealed class Allocation
{
    /// <summary>Places on the line: shares are whole parts of a million.</summary>
    public const int Places = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>An allocation from its ranges, as <see cref="Ranges"/> gave them.</summary>
    /// <param name="ranges">The ranges, in the order of the line, without gaps or overlaps.</param>
    /// <exception cref="ArgumentException">The ranges do not cover the line, each place once.</exception>
    public Allocation(IEnumerable<ArmRange> ranges)
    {
        Ranges = [.. ranges];
        var end = 0;
        foreach (var range in Ranges)
        {
            if (range.From != end || range.To <= range.From || string.IsNullOrEmpty(range.Arm))
            {
                throw new ArgumentException(
                    $"Range {range.From} to {range.To} of arm '{range.Arm}' must begin at {end}, end later, and name its arm.",
                    nameof(ranges));
            }

            end = range.To;
        }

        if (end != Places)
        {
            throw new ArgumentException($"The ranges end at {end}; they must end at {Places}.", nameof(ranges));
        }
    }

    /// <summary>The ranges, in the order of the line.</summary>
    public ImmutableArray<ArmRange> Ranges { get; }

    /// <summary>A new allocation: one range for each arm with a share, in the order given.</summary>
    /// <param name="shares">The arms. Shares are rounded to millionths so that they still add up to 1.</param>
    /// <exception cref="ArgumentException">There is no arm, two have one name, or the shares do not add up to 1.</exception>
    public static Allocation Of(IReadOnlyList<ArmShare> shares)
    {
        var ranges = new List<ArmRange>();
        var from = 0;
        foreach (var (arm, width) in ArmWidths.Of(shares).Where(w => w.Width > 0))
        {
            ranges.Add(new ArmRange(arm, from, from + width));
            from += width;
        }

        return new Allocation(ranges);
    }

    /// <summary>
    /// The same line under other shares. As few places as possible change their arm: an arm that shrinks gives away the end of what it has,
    /// an arm that grows keeps all that it has. Arms that are not named lose all.
    /// </summary>
    /// <param name="shares">The arms and their new shares.</param>
    /// <exception cref="ArgumentException">There is no arm, two have one name, or the shares do not add up to 1.</exception>
    public Allocation Change(IReadOnlyList<ArmShare> shares)
    {
        var wanted = ArmWidths.Of(shares);
        var left = wanted.ToDictionary(w => w.Arm, w => w.Width, StringComparer.Ordinal);
        var kept = new List<ArmRange>();
        var free = new List<ArmRange>();
        foreach (var range in Ranges)
        {
            var keeps = Math.Min(range.Width, left.GetValueOrDefault(range.Arm));
            var end = range.From + keeps;
            if (keeps > 0)
            {
                left[range.Arm] -= keeps;
                kept.Add(range with { To = end });
            }

            if (end < range.To)
            {
                free.Add(range with { From = end });
            }
        }

        foreach (var range in free)
        {
            for (var from = range.From; from < range.To; from = kept[^1].To)
            {
                var arm = wanted.First(w => left[w.Arm] > 0).Arm;
                kept.Add(new ArmRange(arm, from, Math.Min(range.To, from + left[arm])));
                left[arm] -= kept[^1].Width;
            }
        }

        return new Allocation(Joined(kept));
    }

    /// <summary>The arm of a unit.</summary>
    /// <inheritdoc cref="PlaceOf" />
    public string ArmOf(string salt, string unit)
    {
        var place = PlaceOf(salt, unit);
        var (low, high) = (0, Ranges.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = place < Ranges[middle].To ? (low, middle) : (middle + 1, high);
        }

        return Ranges[low].Arm;
    }

    /// <summary>The place of a unit on the line, 0 to 999,999.</summary>
    /// <param name="salt">What tells this experiment from others; not empty, without the character U+0000.</param>
    /// <param name="unit">Id of the unit, such as a customer.</param>
    /// <exception cref="ArgumentException">The salt is empty or has a zero character, or a text is not valid Unicode.</exception>
    public static int PlaceOf(string salt, string unit)
    {
        if (salt.Length == 0 || salt.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The salt must not be empty and must not have the character U+0000.", nameof(salt));
        }

        var (first, second) = (Utf8.GetByteCount(salt), Utf8.GetByteCount(unit));
        var size = first + 1 + second;
        Span<byte> bytes = size <= 512 ? stackalloc byte[size] : new byte[size];
        Utf8.GetBytes(salt, bytes);
        bytes[first] = 0;
        Utf8.GetBytes(unit, bytes[(first + 1)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return (int)Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(digest), (ulong)Places, out _);
    }

    private static IEnumerable<ArmRange> Joined(IEnumerable<ArmRange> ranges)
    {
        ArmRange? open = null;
        foreach (var range in ranges.OrderBy(r => r.From))
        {
            if (open is { } last && last.Arm == range.Arm)
            {
                open = last with { To = range.To };
                continue;
            }

            if (open is { } ended)
            {
                yield return ended;
            }

            open = range;
        }

        if (open is { } end)
        {
            yield return end;
        }
    }
}
