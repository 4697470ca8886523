namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Keeping customers of a segment: those with the most margin at risk are contacted first, so that each further contact returns less.
/// </summary>
public sealed class SegmentUse : IBudgetUse
{
    private readonly double[] _returns;
    private readonly double[] _sums;

    /// <summary>A segment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="basis">What the effect rests on.</param>
    /// <param name="atRisk">Margin at risk of each customer.</param>
    /// <param name="saved">Share of it that a contact saves.</param>
    /// <param name="cost">What a contact costs, above 0.</param>
    public SegmentUse(string name, string basis, IEnumerable<double> atRisk, double saved, double cost)
    {
        (Name, Basis, Cost) = (name, basis, cost);
        _returns = [.. atRisk.Select(r => r * saved).Where(r => r > 0).OrderDescending()];
        _sums = new double[_returns.Length + 1];
        for (var i = 0; i < _returns.Length; i++)
        {
            _sums[i + 1] = _sums[i] + _returns[i];
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Basis { get; }

    /// <summary>What a contact costs.</summary>
    public double Cost { get; }

    /// <inheritdoc />
    public double CustomersFor(double amount) => Reached(amount);

    /// <inheritdoc />
    public double AmountAt(double marginalReturn)
    {
        var (low, high) = (0, _returns.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _returns[middle] >= marginalReturn * Cost ? (middle + 1, high) : (low, middle);
        }

        return low * Cost;
    }

    /// <inheritdoc />
    public double ReturnOf(double amount) => _sums[Reached(amount)];

    /// <inheritdoc />
    public double NextReturn(double amount) => Reached(amount) is var next && next < _returns.Length ? _returns[next] / Cost : 0;

    private int Reached(double amount) => (int)Math.Min(_returns.Length, Math.Floor((amount / Cost) + 1e-9));
}
