using System.Numerics;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>Customers to learn from: inputs, row-major, and one target each.</summary>
/// <param name="Inputs">Rows × width numbers.</param>
/// <param name="Width">Numbers in a row.</param>
/// <param name="Targets">One number for each row.</param>
public sealed record TrainingRows<T>(ReadOnlyMemory<T> Inputs, int Width, ReadOnlyMemory<T> Targets)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Whom each row is of, by a number: rows of one customer are learned from, or judge, all together. Empty where each is of another.
    /// </summary>
    public ReadOnlyMemory<int> Of { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Targets.Length;

    /// <summary>Throws where nothing can be learned from these rows.</summary>
    /// <exception cref="FitException">The message says why, and names the row and column.</exception>
    public void Check(IOutputLayer<T> head, int fewest)
    {
        if (Inputs.Length != (long)Count * Width)
        {
            throw new FitException(
                $"{Count} targets with {Width} inputs each need {(long)Count * Width} numbers, but there are {Inputs.Length}");
        }

        if (!Of.IsEmpty && Of.Length != Count)
        {
            throw new FitException($"{Count} rows are said to be of {Of.Length} customers");
        }

        if (Count < fewest)
        {
            throw new FitException($"there are {Count} customers, and at least {fewest} are needed");
        }

        var inputs = Inputs.Span;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!T.IsFinite(inputs[i]))
            {
                throw new FitException($"input {i % Width} of row {i / Width} is {inputs[i]}; missing values are filled before training");
            }
        }

        var targets = Targets.Span;
        for (var row = 0; row < targets.Length; row++)
        {
            if (!T.IsFinite(targets[row]))
            {
                throw new FitException($"the target of row {row} is {targets[row]}");
            }
        }

        if (head.Refusal(targets) is { } reason)
        {
            throw new FitException(reason);
        }
    }
}
