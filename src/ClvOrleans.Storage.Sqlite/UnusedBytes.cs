using System.Buffers.Binary;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// The bytes of a page that SQLite does not use: copies of rows that were moved to another page stay there, where no query reaches them and
/// where <c>secure_delete</c> does not overwrite them (https://sqlite.org/fileformat2.html, 1.6 B-tree Pages).
/// </summary>
internal static class UnusedBytes
{
    private const int InteriorIndex = 2;
    private const int InteriorTable = 5;
    private const int LeafIndex = 10;
    private const int LeafTable = 13;
    private const int InteriorHeader = 12;
    private const int LeafHeader = 8;
    private const int FreeBlockHeader = 4;

    /// <summary>
    /// Overwrites the unused bytes of a page of a tree with zeros; other pages stay as they are. Of a page that is not as the format says,
    /// nothing is changed.
    /// </summary>
    /// <param name="page">The page, not the first of a file.</param>
    /// <param name="usable">How many bytes of it SQLite uses.</param>
    /// <returns>Whether any byte was another one.</returns>
    public static bool Clear(Span<byte> page, int usable)
    {
        // An overflow page begins with the number of another page, which is below 2^25: its first byte is 0 or 1, as that of a free page.
        var header = page[0] switch
        {
            InteriorIndex or InteriorTable => InteriorHeader,
            LeafIndex or LeafTable => LeafHeader,
            _ => 0,
        };
        var (cells, content) = (Read(page, 3), Read(page, 5) is var at && at == 0 ? 65_536 : at);
        var pointersEnd = header + (2 * cells);
        if (header == 0 || pointersEnd > content || content > usable)
        {
            return false;
        }

        var changed = ClearBlocks(page[..usable], content);
        return Clear(page[pointersEnd..content]) | changed;
    }

    // Free blocks between cells: each says where the next is and how long it is itself, in ascending order.
    private static bool ClearBlocks(Span<byte> page, int content)
    {
        var (changed, block, before) = (false, Read(page, 1), content);
        while (block >= before && block + FreeBlockHeader <= page.Length)
        {
            var (next, length) = (Read(page, block), Read(page, block + 2));
            if (length < FreeBlockHeader || block + length > page.Length)
            {
                break;
            }

            changed |= Clear(page[(block + FreeBlockHeader)..(block + length)]);
            (before, block) = (block + length, next);
        }

        return changed;
    }

    /// <summary>Overwrites bytes with zeros. <returns>Whether any was another one.</returns></summary>
    public static bool Clear(Span<byte> bytes)
    {
        if (!bytes.ContainsAnyExcept((byte)0))
        {
            return false;
        }

        bytes.Clear();
        return true;
    }

    private static int Read(ReadOnlySpan<byte> page, int at) => BinaryPrimitives.ReadUInt16BigEndian(page[at..]);
}
