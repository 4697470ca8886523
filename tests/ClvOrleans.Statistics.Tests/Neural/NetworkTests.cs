using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class NetworkTests
{
    public static TheoryData<string> Shapes => [.. All.Keys];

    private static Dictionary<string, Network<float>> All { get; } = new()
    {
        ["mlp"] = Networks.Perceptron(7, new SquaredError<float>(), 1, .2),
        ["cnn"] = Networks.Convolutional(20, 3, 5, new ZeroInflatedLognormal<float>(), 2),
        ["gru"] = Networks.Recurrent(9, 3, 4, new ZeroInflatedLognormal<float>(), 3),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_customer_alone_gets_the_same_bits_as_in_any_batch(string shape)
    {
        var network = All[shape];
        var rows = Rows(network, 333);
        var predictions = new float[333];
        network.Predict(rows, predictions);
        Assert.True(predictions.Distinct().Count() > 300);
        for (var row = 0; row < 333; row++)
        {
            Assert.Equal(predictions[row], network.Predict(rows.AsSpan(row * network.Inputs, network.Inputs)));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Scoring_allocates_nothing(string shape)
    {
        var network = All[shape];
        var rows = Rows(network, 300);
        var predictions = new float[300];
        var sum = 0f;
        var before = 0L;
        for (var round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            network.Predict(rows, predictions);
            sum += network.Predict(rows.AsSpan(0, network.Inputs));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(float.IsFinite(sum));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_network_comes_back_from_its_bytes_bit_for_bit(string shape)
    {
        var network = All[shape];
        var back = Networks.FromBytes<float>(network.ToBytes());
        Assert.Equal(network.Parameters, back.Parameters);
        Assert.Equal(network.Head, back.Head);
        Assert.Equal(network.ToBytes(), back.ToBytes());
        var (rows, before, after) = (Rows(network, 50), new float[50], new float[50]);
        network.Predict(rows, before);
        back.Predict(rows, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void The_seed_decides_the_start()
    {
        Assert.Equal(All["mlp"].Parameters, Networks.Perceptron(7, new SquaredError<float>(), 1, .2).Parameters);
        Assert.NotEqual(All["mlp"].Parameters.ToArray(), Networks.Perceptron(7, new SquaredError<float>(), 2, .2).Parameters.ToArray());
    }

    [Fact]
    public void The_default_is_the_network_of_the_article()
    {
        var layers = Networks.Perceptron(9, new SquaredError<float>(), 1).Body.Layers;
        Assert.Equal<ILayer<float>>(
            [new Dense<float>(9, 64), new Relu<float>(64), new Dense<float>(64, 64), new Relu<float>(64), new Dense<float>(64, 1)], layers);
    }

    [Fact]
    public void A_body_that_the_head_cannot_read_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() =>
            new Network<float>(new Sequential<float>(new Dense<float>(2, 1)), new ZeroInflatedLognormal<float>(), 1));
        Assert.Contains("3 outputs", refusal.Message, StringComparison.Ordinal);
    }

    internal static float[] Rows(Network<float> network, int count)
    {
        var rows = Numbers.Uniform<float>(count * network.Inputs, 11);
        if (network.Body.Layers[0] is Concatenate<float> { Encoder: Gru<float> gru })
        {
            for (var row = 0; row < count; row++)
            {
                rows[row * network.Inputs] = row % (gru.Steps + 1);
            }
        }

        return rows;
    }
}
