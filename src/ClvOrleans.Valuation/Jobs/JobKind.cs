namespace ClvOrleans.Valuation.Jobs;

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Trains the store's models.</summary>
    Training,

    /// <summary>Judges models by the store's last months.</summary>
    Backtest,

    /// <summary>Compares the customers and predictions of now with those of a training.</summary>
    Drift,
}
