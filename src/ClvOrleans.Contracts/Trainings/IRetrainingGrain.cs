namespace ClvOrleans.Contracts.Trainings;

/// <summary>Looks at the models of a store once a night, and trains where it is time or drift asks for it.</summary>
[Alias("clv.retraining")]
public interface IRetrainingGrain : IGrainWithStringKey
{
    /// <summary>Begins what the last night asks for, unless that was done. Asked by each silo, again and again.</summary>
    /// <param name="since">Since when the asking silo looks: earlier nights are none of its business.</param>
    [Alias("watch")]
    Task WatchAsync(DateTimeOffset since);
}
