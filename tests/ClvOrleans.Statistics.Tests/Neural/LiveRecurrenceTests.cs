using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class LiveRecurrenceTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(32)]
    public void Each_step_gives_bit_for_bit_what_the_whole_sequence_gives(int hidden)
    {
        const int steps = 40, channels = 6, statics = 3;
        var network = Networks.Recurrent(steps, channels, statics, new ZeroInflatedLognormal<float>(), 1, hidden);
        var live = new LiveRecurrence<float>(network);
        var row = Numbers.Uniform<float>(network.Inputs, 2);
        var state = new float[live.StateLength];
        for (var filled = 0; filled <= steps; filled++)
        {
            row[0] = filled;
            Assert.Equal(network.Predict(row), live.Predict(state, row.AsSpan(^statics..)));
            if (filled < steps)
            {
                live.Advance(row.AsSpan(1 + (filled * channels), channels), state);
            }
        }
    }

    [Fact]
    public void A_step_and_a_prediction_allocate_nothing()
    {
        var live = new LiveRecurrence<float>(Networks.Recurrent(10, 4, 2, new SquaredError<float>(), 1));
        var (state, step, features) = (new float[live.StateLength], new float[live.StepLength], new float[2]);
        var before = 0L;
        for (var round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            live.Advance(step, state);
            live.Predict(state, features);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Only_a_recurrent_network_can_be_followed() =>
        Assert.Throws<ArgumentException>(() => new LiveRecurrence<float>(Networks.Perceptron(4, new SquaredError<float>(), 1)));
}
