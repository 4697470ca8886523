namespace ClvOrleans.Valuation.Jobs;

/// <summary>Jobs of a store that run one after the other. Different lanes run side by side.</summary>
public enum JobLane
{
    /// <summary>Trainings, backtests and drift reports: each reads all customers.</summary>
    Models,

    /// <summary>Imports of uploaded files.</summary>
    Imports,

    /// <summary>Erasures and suppressions: they wait for no training and no import.</summary>
    Privacy,
}
