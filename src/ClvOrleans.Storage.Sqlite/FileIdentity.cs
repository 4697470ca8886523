using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// Which file a path leads to: another one that takes its place has another number. On Linux only; elsewhere all files are alike.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="Number">The number of the file on it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint NumberWanted = 0x100; // STATX_INO

    /// <summary>The file at a path; null where there is none.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path) ? default(FileIdentity) : null;
        }

        // struct statx has one layout on all machines: the number at 32, the device at 136.
        Span<byte> status = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, NumberWanted, ref MemoryMarshal.GetReference(status)) == 0
            ? new FileIdentity(
                BinaryPrimitives.ReadUInt64LittleEndian(status[136..]), BinaryPrimitives.ReadUInt64LittleEndian(status[32..]))
            : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte status);
}
