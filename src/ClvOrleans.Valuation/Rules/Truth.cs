namespace ClvOrleans.Valuation.Rules;

/// <summary>
/// What a condition says of a customer. Three-valued after Kleene: the order of the values makes <c>and</c> the lesser and <c>or</c> the
/// greater of two.
/// </summary>
public enum Truth
{
    /// <summary>It does not hold.</summary>
    False = 0,

    /// <summary>It cannot be told, since something that it asks about is not known.</summary>
    Unknown = 1,

    /// <summary>It holds.</summary>
    True = 2,
}
