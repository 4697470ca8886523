using System.Text.RegularExpressions;

namespace ClvOrleans.Architecture.Tests;

/// <summary>No secret is in the repository: keys of this service, of clouds and of code hosts, and private keys.</summary>
public sealed partial class SecretTests
{
    [Fact]
    public void No_file_holds_a_secret() => Assert.Empty(
        from file in Files()
        from match in Secret().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
        select $"{file}: {match.Value[..Math.Min(match.Length, 24)]}...");

    [Theory]
    [InlineData("clv_admin_0123456789abcdef_" + "kP3xQ9vT2mZ8yB5nC7wL4jH6gF1dS0aR-oI_uE3tYqW")]
    [InlineData("-----BEGIN PRIVATE" + " KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC")]
    [InlineData("AKIA" + "ABCDEFGHIJKLMNOP")]
    [InlineData("ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789")]
    public void A_secret_is_known_when_it_is_seen(string text) => Assert.Matches(Secret(), text);

    [Theory]
    [InlineData("clv_admin_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("clv_link_...")]
    public void What_only_looks_like_one_is_not_taken_for_it(string text) => Assert.DoesNotMatch(Secret(), text);

    // A key of one letter is nobody's. What this class tries is parted, so that it is not found itself.
    [GeneratedRegex(
        @"clv_(write|read|act|admin|session|link)_[0-9a-f]{16}_(?!(.)\2{42})[A-Za-z0-9_-]{43}"
        + @"|-----BEGIN ([A-Z]+ )?PRIVATE KEY-----(\r?\n|\\n)[A-Za-z0-9+/]{32}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
        + @"|\bsk_live_[A-Za-z0-9]{24}|\bxox[abp]-[0-9]{10}")]
    private static partial Regex Secret();

    private static IEnumerable<string> Files()
    {
        // What is built, installed or served beside the sources is not of the repository.
        string[] beside = ["bin", "obj", "node_modules", ".git"];
        return Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar)
                    .Any(f => beside.Contains(f) || f.StartsWith("clv-", StringComparison.Ordinal))
                && Path.GetExtension(file) is not (".png" or ".gz" or ".xlsx" or ".parquet"));
    }
}
