using System.Buffers;

namespace ClvOrleans.Server.Http;

/// <summary>The bytes of a body, which grow as it comes; what is beyond a small one counts against <see cref="BodyLimits"/>.</summary>
internal sealed class Body(BodyLimits limits) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BodyLimits.Small / 4);
    private int _length;
    private long _held;
    private bool _hasTurn;

    /// <summary>What has come; valid until the body is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>What has come, as a stream.</summary>
    public MemoryStream OpenRead() => new(_bytes, 0, _length, writable: false);

    /// <summary>Reads a stream to its end, in a turn of its own for what is not small where <paramref name="unpacking"/>.</summary>
    /// <exception cref="BadHttpRequestException">413: it is larger than <see cref="BodyReader.MostBytes"/>.</exception>
    /// <exception cref="OverloadedException">Too many bytes are held.</exception>
    public async Task FillAsync(Stream stream, bool unpacking, CancellationToken cancellation)
    {
        while (true)
        {
            if (_length == BodyReader.MostBytes)
            {
                if (await stream.ReadAsync(new byte[1], cancellation) > 0)
                {
                    throw BodyReader.TooLarge();
                }

                return;
            }

            if (_length == _bytes.Length)
            {
                if (unpacking && _length >= BodyLimits.Small)
                {
                    await TakeTurnAsync(cancellation);
                }

                Grow();
            }

            var read = await stream.ReadAsync(_bytes.AsMemory(_length), cancellation);
            if (read == 0)
            {
                return;
            }

            _length += read;
        }
    }

    /// <summary>Waits for the turn at the processor that a body which is not small needs, before it is judged.</summary>
    public async Task TakeTurnAsync(CancellationToken cancellation)
    {
        if (!_hasTurn && _length >= BodyLimits.Small)
        {
            await limits.EnterAsync(cancellation);
            _hasTurn = true;
        }
    }

    /// <summary>Lets others have their turn: the body is judged, and waits.</summary>
    public void EndTurn()
    {
        if (_hasTurn)
        {
            _hasTurn = false;
            limits.Leave();
        }
    }

    /// <summary>Gives the turn to the body that was unpacked from this one.</summary>
    public void HandTurnTo(Body unpacked) => (_hasTurn, unpacked._hasTurn) = (false, _hasTurn || unpacked._hasTurn);

    public void Dispose()
    {
        EndTurn();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
        limits.Release(_held);
        _held = 0;
    }

    private void Grow()
    {
        var size = _bytes.Length * 2;
        var more = size > BodyLimits.Small ? size - _held : 0;
        limits.Hold(more);
        _held += more;
        var grown = ArrayPool<byte>.Shared.Rent(size);
        Bytes.CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
