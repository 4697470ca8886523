using System.IO.Compression;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Journal;

/// <summary>
/// Many old events of one customer as one row of the journal, in the place of the last of them: a version (1), how many there are, their
/// sequences as differences, and the events as JSON, by Brotli. All ever written must be read.
/// </summary>
public static class EventPack
{
    /// <summary>The kind in the row of a pack.</summary>
    public const string Kind = "Packed";

    /// <summary>The source in the row of a pack: no source is called so.</summary>
    public const string Source = "";

    private const byte Version = 1;
    private const int Quality = 9;
    private const int Window = 18;

    /// <summary>Whether a row of the journal holds a pack; the JSON of an event begins otherwise.</summary>
    public static bool Is(ReadOnlySpan<byte> payload) => payload is [Version, ..];

    /// <summary>Packs events.</summary>
    /// <param name="entries">At least one, in order of sequence.</param>
    public static byte[] ToBytes(IReadOnlyList<JournalEntry> entries)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write7BitEncodedInt(entries.Count);
        var last = 0L;
        foreach (var entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(entry.Sequence, last, nameof(entries));
            writer.Write7BitEncodedInt64(entry.Sequence - last);
            last = entry.Sequence;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes([.. entries.Select(e => e.Event)], DomainJson.Default.CustomerEventArray);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        if (!BrotliEncoder.TryCompress(json, packed, out var written, Quality, Window))
        {
            throw new InvalidOperationException("Events were longer when packed than they can be.");
        }

        writer.Write(packed.AsSpan(0, written));
        return bytes.ToArray();
    }

    /// <summary>The events of a pack, in order of sequence.</summary>
    /// <exception cref="InvalidDataException">The bytes are no pack, or one of a later version.</exception>
    public static IReadOnlyList<JournalEntry> Read(byte[] payload)
    {
        try
        {
            using var bytes = new MemoryStream(payload);
            using var reader = new BinaryReader(bytes);
            if (reader.ReadByte() is var version && version != Version)
            {
                throw new InvalidDataException($"A pack of events of version {version} is not known.");
            }

            var (sequences, last) = (new long[Math.Clamp(reader.Read7BitEncodedInt(), 0, payload.Length)], 0L);
            for (var i = 0; i < sequences.Length; i++)
            {
                sequences[i] = last += reader.Read7BitEncodedInt64();
            }

            using var json = new BrotliStream(bytes, CompressionMode.Decompress);
            var events = JsonSerializer.Deserialize(json, DomainJson.Default.CustomerEventArray);
            return events?.Length == sequences.Length
                ? [.. sequences.Zip(events, (sequence, e) => new JournalEntry(sequence, e))]
                : throw new InvalidDataException("A pack has other events than it says.");
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("A pack of events cannot be read.", e);
        }
    }
}
