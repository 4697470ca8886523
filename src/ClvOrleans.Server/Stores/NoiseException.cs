namespace ClvOrleans.Server.Stores;

/// <summary>What is asked for is told exactly or not at all, and the store has noise: answered with 409.</summary>
/// <param name="what">What is not told.</param>
/// <param name="instead">What is.</param>
internal sealed class NoiseException(string what, string instead) : Exception($"A store with noise does not tell {what}: {instead}.")
{
    /// <summary>The code of the answer.</summary>
    public const string Code = "store_has_noise";
}
