namespace ClvOrleans.Server.SignIn;

/// <summary>Addresses of this service, to which people go on after signing in. Whatever could lead elsewhere is the first page.</summary>
internal static class LocalPath
{
    private const int Longest = 1_000;

    /// <summary>The path that was asked for, where it is one of this service.</summary>
    public static string Of(string? asked) =>
        asked is { Length: <= Longest } && asked.StartsWith('/') && !asked.StartsWith("//", StringComparison.Ordinal)
            && !asked.Contains('\\', StringComparison.Ordinal) && !asked.Any(char.IsControl)
        ? asked
        : "/";
}
