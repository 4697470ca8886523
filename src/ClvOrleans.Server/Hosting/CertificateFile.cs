using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// The certificate in the file that is configured, as it is now: those that are renewed every few weeks need no new start.
/// </summary>
internal sealed partial class CertificateFile(IOptions<TlsOptions> options, TimeProvider time, ILogger<CertificateFile> logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private SslStreamCertificateContext? _current;
    private DateTime _written;
    private long _looked;

    /// <summary>The certificate with its chain, to be shown to the next connection.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            if (_current is not null && time.GetElapsedTime(_looked) < LookEvery)
            {
                return _current;
            }

            _looked = time.GetTimestamp();
            var written = File.GetLastWriteTimeUtc(options.Value.Certificate!);
            try
            {
                if (_current is null || written != _written)
                {
                    _current = Open(options.Value);
                    _written = written;
                }
            }
            catch (Exception e) when (_current is not null && e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                LogUnreadable(e, options.Value.Certificate!); // Half written perhaps: the one before goes on.
            }

            return _current!;
        }
    }

    /// <summary>Reads the certificate with its key.</summary>
    /// <exception cref="CryptographicException">The file holds none.</exception>
    public static X509Certificate2 Load(TlsOptions tls) => IsPkcs12(tls.Certificate!)
        ? X509CertificateLoader.LoadPkcs12FromFile(tls.Certificate!, tls.Password)
        : tls.Password is { Length: > 0 } password
            ? X509Certificate2.CreateFromEncryptedPemFile(tls.Certificate!, password, tls.Key)
            : X509Certificate2.CreateFromPemFile(tls.Certificate!, tls.Key);

    private static SslStreamCertificateContext Open(TlsOptions tls)
    {
        var chain = new X509Certificate2Collection();
        if (IsPkcs12(tls.Certificate!))
        {
            chain = X509CertificateLoader.LoadPkcs12CollectionFromFile(tls.Certificate!, tls.Password);
        }
        else
        {
            chain.ImportFromPemFile(tls.Certificate!);
        }

        return SslStreamCertificateContext.Create(Load(tls), chain, offline: true);
    }

    private static bool IsPkcs12(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12";

    [LoggerMessage(5005, LogLevel.Error, "The certificate {File} was changed and cannot be read; the one before goes on.")]
    private partial void LogUnreadable(Exception error, string file);
}
