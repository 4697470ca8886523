namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>How often the values of customers came within their 80 % intervals, over all origins.</summary>
/// <param name="Group">Who they are.</param>
/// <param name="Customers">Number of forecasts.</param>
/// <param name="Held">Share within.</param>
/// <param name="Below">Share below.</param>
/// <param name="Above">Share above.</param>
/// <param name="IntervalScore">Mean interval score (Winkler), in major units.</param>
/// <param name="Predicted">Mean predicted value, in major units.</param>
/// <param name="Actual">Mean value that came, in major units.</param>
/// <param name="Bought">Share of whom something came: where it is below a tenth, no interval is exceeded by a tenth.</param>
public sealed record CustomerCoverage(
    string Group, int Customers, double Held, double Below, double Above, double IntervalScore, double Predicted, double Actual,
    double Bought);
