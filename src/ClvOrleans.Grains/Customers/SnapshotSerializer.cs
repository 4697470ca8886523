using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Orleans.Storage;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// How grain storage writes states: a digest, and Orleans' binary form, which knows types by alias. Bytes that are not as they were written
/// are no state: a grain begins anew, and its next state replaces them.
/// </summary>
internal sealed partial class SnapshotSerializer(Serializer serializer, ILogger<SnapshotSerializer> logger) : IGrainStorageSerializer
{
    private const int DigestLength = sizeof(ulong);
    private int _reported;

    /// <inheritdoc />
    public BinaryData Serialize<T>(T? input)
    {
        var body = serializer.SerializeToArray(input!);
        var bytes = new byte[DigestLength + body.Length];
        body.CopyTo(bytes, DigestLength);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, XxHash64.HashToUInt64(body));
        return new BinaryData(bytes);
    }

    /// <inheritdoc />
    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory();
        if (bytes.Length >= DigestLength
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span) == XxHash64.HashToUInt64(bytes.Span[DigestLength..]))
        {
            try
            {
                return serializer.Deserialize<T>(bytes[DigestLength..])!;
            }
            catch (Exception e)
            {
                Report(e);
            }
        }
        else
        {
            Report(null);
        }

        return Activator.CreateInstance<T>();
    }

    private void Report(Exception? error)
    {
        if (Interlocked.Exchange(ref _reported, 1) == 0)
        {
            LogUnreadable(error);
        }
    }

    [LoggerMessage(1102, LogLevel.Warning, "A stored state cannot be read and is made anew. Later ones are not logged.")]
    private partial void LogUnreadable(Exception? error);
}
