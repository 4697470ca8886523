using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Two ports of the loopback address for the silo, held for this process by locked files until it ends: processes that start at the same
/// time never choose the same ones. They lie below those that the system hands out by itself. Where temporary files cannot be written, as
/// in a container that may write only its volume, nothing is held: few processes share such a machine.
/// </summary>
internal sealed class SiloPorts : IDisposable
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private readonly List<FileStream> _locks = [];

    private SiloPorts()
    {
    }

    /// <summary>The port for other silos.</summary>
    public int Silo { get; private set; }

    /// <summary>The port for clients.</summary>
    public int Gateway { get; private set; }

    /// <summary>Takes two free ports. <exception cref="InvalidOperationException">There are none.</exception></summary>
    public static SiloPorts Take()
    {
        var folder = FindFolder();
        var ports = new SiloPorts();
        ports.Silo = ports.TakeOne(folder);
        ports.Gateway = ports.TakeOne(folder);
        return ports;
    }

    public void Dispose() => _locks.ForEach(l => l.Dispose());

    private static string? FindFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"clv-ports-{Environment.UserName}");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        using var trial = TryLock(Path.Combine(folder, "trial-" + Path.GetRandomFileName()));
        return trial is null ? null : folder;
    }

    private int TakeOne(string? folder)
    {
        for (var i = 0; i < Last - First; i++)
        {
            var port = First + ((Environment.ProcessId + i) % (Last - First));
            if (folder is null)
            {
                if (port != Silo && IsFree(port))
                {
                    return port;
                }

                continue;
            }

            if (TryLock(Path.Combine(folder, port.ToString(CultureInfo.InvariantCulture))) is { } held)
            {
                if (IsFree(port))
                {
                    _locks.Add(held);
                    return port;
                }

                held.Dispose();
            }
        }

        throw new InvalidOperationException(
            $"No port of 127.0.0.1 from {First} to {Last} is free; end some of the processes that listen there.");
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
