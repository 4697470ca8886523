using System.Buffers.Binary;
using System.IO.Hashing;
using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Tests.Neural;

/// <summary>A registry keeps networks for years: the bytes of version 1 stay what they are.</summary>
public sealed class NetworkFormatTests
{
    private const string Golden =
        "434C564E" + "01" + "04" // name, format, bytes of a number
        + "41" + "00002040" // squared error, scale 2.5
        + "01" + "04000000" // a chain of four:
        + "03" + "01000000" + "02000000" // dense, 1 to 2
        + "04" + "02000000" // relu
        + "05" + "02000000" + "000000000000D03F" // dropout of .25
        + "03" + "02000000" + "01000000" // dense, 2 to 1
        + "0000803E" + "0000003F" + "00000000" + "0000003E" + "000080BF" + "00000040" + "0000003F" // parameters
        + "69B6FBDCCDFB3346"; // XXH64

    [Fact]
    public void Version_1_is_written_as_ever() => Assert.Equal(Golden, Convert.ToHexString(Small().ToBytes()));

    [Fact]
    public void Version_1_is_read_as_ever()
    {
        var network = Networks.FromBytes<float>(Convert.FromHexString(Golden));
        Assert.Equal(Small().Parameters, network.Parameters);
        Assert.Equal(new SquaredError<float>(2.5f), network.Head);

        // relu(1 · .25 + 0, 1 · .5 + .125) = (.25, .625); + (.25 · -1) + (.625 · 2) + .5 = 1.5; · 2.5
        Assert.Equal(3.75f, network.Predict([1]));
    }

    [Fact]
    public void Damage_is_found_wherever_it_is()
    {
        var bytes = Small().ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => Networks.FromBytes<float>(damaged));
            Assert.Throws<InvalidDataException>(() => Networks.FromBytes<float>(bytes.AsSpan(0, i)));
        }
    }

    /// <summary>Even with a fitting checksum, bytes make a network or a refusal, and nothing else.</summary>
    [Fact]
    public void Bytes_that_nobody_wrote_are_refused_as_such()
    {
        var refused = 0;
        for (var i = 6; i < Small().ToBytes().Length - 8; i++)
        {
            foreach (var value in (byte[])[0, 1, 7, 66, 0x7F, 0xFF])
            {
                var bytes = Small().ToBytes();
                bytes[i] = value;
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(^8..), XxHash64.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));
                try
                {
                    Networks.FromBytes<float>(bytes).Predict([1]);
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > 100);
    }

    [Fact]
    public void A_network_of_other_numbers_or_of_a_later_version_is_refused_by_name()
    {
        var bytes = Small().ToBytes();
        var refusal = Assert.Throws<InvalidDataException>(() => Networks.FromBytes<double>(bytes));
        Assert.Contains("4 bytes, not 8", refusal.Message, StringComparison.Ordinal);
        bytes[4] = 2;
        refusal = Assert.Throws<InvalidDataException>(() => Networks.FromBytes<float>(bytes));
        Assert.Contains("format 2", refusal.Message, StringComparison.Ordinal);
    }

    private static Network<float> Small() => new(
        new Sequential<float>(new Dense<float>(1, 2), new Relu<float>(2), new Dropout<float>(2, .25), new Dense<float>(2, 1)),
        new SquaredError<float>(2.5f),
        [.25f, .5f, 0, .125f, -1, 2, .5f]);
}
