using System.Collections.Immutable;

namespace ClvOrleans.Training.Movements;

/// <summary>
/// Collects the paths of forecasts: what has come of a fixed window so far plus what is predicted of the rest, day by day. If the model is
/// right, that is a martingale, whose squared increments add up, on average, to the uncertainty that has gone (Augenblick and Rabin 2021,
/// "Belief Movement, Uncertainty Reduction, and Rational Updating").
/// </summary>
public sealed class MovementTally
{
    private readonly List<(double Squares, double Reduction)> _customers = [];
    private readonly Dictionary<MovementCause, Group> _groups = Enum.GetValues<MovementCause>().ToDictionary(c => c, _ => new Group());

    /// <summary>Adds a customer.</summary>
    /// <param name="path">The forecast of the whole window, as of its start and the end of each of its days.</param>
    /// <param name="causes">What the customer did on each day, that of the start first.</param>
    /// <param name="reduction">
    /// The uncertainty that has gone: of a probability π₀(1 - π₀), of a value the squared error of the first forecast.
    /// </param>
    /// <exception cref="ArgumentException">There are not as many causes as forecasts.</exception>
    public void Add(IReadOnlyList<double> path, IReadOnlyList<MovementCause> causes, double reduction)
    {
        if (path.Count != causes.Count)
        {
            throw new ArgumentException($"{path.Count} forecasts and {causes.Count} causes.", nameof(causes));
        }

        var squares = 0.0;
        var after = new Dictionary<MovementCause, double>();
        for (var day = 1; day < path.Count; day++)
        {
            var step = path[day] - path[day - 1];
            squares += step * step;
            var (on, before) = (_groups[causes[day]], causes[day - 1]);
            (on.Days, on.Squares) = (on.Days + 1, on.Squares + (step * step));
            _groups[before].Followed++;
            after[before] = after.GetValueOrDefault(before) + step;
        }

        foreach (var (cause, sum) in after)
        {
            _groups[cause].Sums.Add(sum);
        }

        _customers.Add((squares, reduction));
    }

    /// <summary>The summary of all so far.</summary>
    public MovementSummary Finish()
    {
        var (squares, reduction) = (_customers.Sum(c => c.Squares), _customers.Sum(c => c.Reduction));
        double? excess = reduction > 0 ? squares / reduction : null;
        double? error = excess is { } ratio
            ? Math.Sqrt(_customers.Sum(c => Squared(c.Squares - (ratio * c.Reduction)))) / reduction
            : null;
        return new MovementSummary(excess, error, [.. _groups.Where(g => g.Value.Days > 0).Select(g => Of(g.Key, g.Value, squares))]);
    }

    private static MovementGroup Of(MovementCause cause, Group group, double squares) => new(
        cause,
        group.Days,
        squares > 0 ? group.Squares / squares : 0,
        group.Followed > 0 ? group.Sums.Sum() / group.Followed : 0,
        group.Followed > 0 ? Math.Sqrt(group.Sums.Sum(Squared)) / group.Followed : 0);

    private static double Squared(double x) => x * x;

    private sealed class Group
    {
        public long Days { get; set; }

        public long Followed { get; set; }

        public double Squares { get; set; }

        public List<double> Sums { get; } = [];
    }
}
