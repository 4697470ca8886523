using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>The service holds its certificate itself.</summary>
public sealed class TlsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_certificate_https_is_served_cookies_stay_on_it_and_browsers_are_told_to(bool isPem)
    {
        var (store, folder) = (ClvProcess.NewFolder(), ClvProcess.NewFolder());
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(folder, isPem ? "tls.crt" : "tls.pfx");
        string[] environment;
        if (isPem)
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
            environment = [$"Tls__Certificate={file}", $"Tls__Key={Path.Combine(folder, "tls.key")}"];
        }
        else
        {
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "hush"));
            environment = [$"Tls__Certificate={file}", "Tls__Password=hush"];
        }

        await using var clv = await ClvProcess.ServeAsync(store, "https://127.0.0.1:0", environment);
        using var trusting = new HttpClient(new HttpClientHandler
        {
            UseCookies = false,
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint,
        })
        {
            BaseAddress = clv.Http.BaseAddress,
        };
        Assert.Equal("https", trusting.BaseAddress!.Scheme);
        using var reply = await trusting.GetAsync("sign-in");
        Assert.Equal("max-age=31536000", reply.Headers.GetValues("Strict-Transport-Security").Single());

        using var signIn = new HttpRequestMessage(HttpMethod.Post, "sign-in")
        {
            Content = new StringContent($$"""{"credential":"{{OwnerKey.Find(store)}}"}"""),
        };
        signIn.Headers.Add("Origin", trusting.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var signedIn = await trusting.SendAsync(signIn);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-clv-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_named_before_anything_is_made()
    {
        var folder = Path.Combine(ClvProcess.NewFolder(), "store");
        var (status, _, error) = await ClvProcess.RunWithAsync(
            ["Tls__Certificate=/no/such/file.pem"], "serve", "--data", folder, "--urls", "https://127.0.0.1:0");
        Assert.Equal(1, status);
        Assert.Contains("Tls__Certificate: /no/such/file.pem cannot be read", error, StringComparison.Ordinal);
    }
}
