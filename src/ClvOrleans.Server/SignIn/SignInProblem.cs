namespace ClvOrleans.Server.SignIn;

/// <summary>Why the provider's answer let nobody in. The page of signing in has a sentence for each.</summary>
internal enum SignInProblem
{
    /// <summary>The provider refused, or the person did.</summary>
    Refused,

    /// <summary>None of the person's roles lets them in, or not into the store that they asked for.</summary>
    NoRole,

    /// <summary>The answer is not one to a question of this browser, is too old, was used before, or does not hold.</summary>
    Failed,

    /// <summary>The provider does not answer.</summary>
    Unreachable,
}
