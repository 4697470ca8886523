using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ClvOrleans.Reports.Noise;

/// <summary>
/// A stream of random bits that follows from a secret and a label (HMAC-SHA256 in counter mode): the same for who asks again, and random
/// for who does not have the secret.
/// </summary>
public sealed class KeyedBits
{
    private readonly byte[] _seed;
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private int _used = HMACSHA256.HashSizeInBytes;
    private long _counter;

    /// <summary>The stream of a label.</summary>
    /// <param name="secret">The secret, 32 bytes.</param>
    /// <param name="label">What the bits are for.</param>
    public KeyedBits(ReadOnlySpan<byte> secret, string label) => _seed = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(label));

    /// <summary>A whole number of 0 to below a bound, each as likely.</summary>
    /// <param name="bound">The bound, above 0.</param>
    public BigInteger Below(BigInteger bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var bits = (bound - 1).GetBitLength();
        var bytes = new byte[(bits + 7) / 8];
        while (true)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = Next();
            }

            var drawn = new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << (int)bits) - 1);
            if (drawn < bound)
            {
                return drawn;
            }
        }
    }

    private byte Next()
    {
        if (_used == _block.Length)
        {
            Span<byte> counter = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(counter, _counter++);
            HMACSHA256.HashData(_seed, counter, _block);
            _used = 0;
        }

        return _block[_used++];
    }
}
