using System.Numerics;

namespace ClvOrleans.Statistics.Neural.Outputs;

/// <summary>
/// Mean-squared error: prediction = scale · logit, loss = ((prediction - target) / scale)². The scale lets amounts of any currency train
/// at the same rate; at the default 1 it is the plain squared error.
/// </summary>
/// <param name="Scale">Unit of the logit in units of the target, above 0; <see cref="ScaledTo"/> takes the standard deviation.</param>
public sealed record SquaredError<T>(T Scale) : IOutputLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Scale 1.</summary>
    public SquaredError()
        : this(T.One)
    {
    }

    /// <inheritdoc />
    public int Logits => 1;

    /// <summary>Only targets that are all the same are refused.</summary>
    public string? Refusal(ReadOnlySpan<T> targets) => targets.IndexOfAnyExcept(targets[0]) < 0 ? "all targets are the same" : null;

    /// <inheritdoc />
    public IOutputLayer<T> ScaledTo(ReadOnlySpan<T> targets)
    {
        var mean = Mean(targets);
        var squares = 0.0;
        foreach (var target in targets)
        {
            var away = double.CreateTruncating(target) - mean;
            squares += away * away;
        }

        var scale = T.CreateTruncating(Math.Sqrt(squares / targets.Length));
        return scale > T.Zero && T.IsFinite(scale) ? new SquaredError<T>(scale) : this;
    }

    /// <inheritdoc />
    public void Constant(ReadOnlySpan<T> targets, Span<T> logits) => logits[0] = T.CreateTruncating(Mean(targets)) / Scale;

    /// <inheritdoc />
    public T Loss(ReadOnlySpan<T> logits, T target, Span<T> gradient)
    {
        var away = logits[0] - (target / Scale);
        gradient[0] = away + away;
        return away * away;
    }

    /// <inheritdoc />
    public T Predict(ReadOnlySpan<T> logits) => Scale * logits[0];

    /// <inheritdoc />
    public void Slope(ReadOnlySpan<T> logits, Span<T> gradient) => gradient[0] = Scale;

    private static double Mean(ReadOnlySpan<T> targets)
    {
        var sum = 0.0;
        foreach (var target in targets)
        {
            sum += double.CreateTruncating(target);
        }

        return sum / targets.Length;
    }
}
