namespace ClvOrleans.Valuation.Jobs;

/// <summary>What a job does. Messages carry the number, the store has the name.</summary>
public enum JobKind
{
    /// <summary>Trains the store's models.</summary>
    Training = 0,

    /// <summary>Judges models by the store's last months.</summary>
    Backtest = 1,

    /// <summary>Compares the customers and predictions of now with those of a training.</summary>
    Drift = 2,

    /// <summary>Imports a file that was uploaded.</summary>
    Import = 3,

    /// <summary>Erases or suppresses people.</summary>
    Erasure = 4,
}
