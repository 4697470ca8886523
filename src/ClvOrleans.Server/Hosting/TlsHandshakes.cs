using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Hosting;

/// <summary>How https addresses are served: with the certificate as its file has it.</summary>
internal sealed class TlsHandshakes(CertificateFile file) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel) => kestrel.ConfigureHttpsDefaults(https =>
    {
        https.ServerCertificateSelector = (_, _) => file.Current().TargetCertificate;
        https.OnAuthenticate = (_, connection) =>
        {
            // With those that lead to its root.
            connection.ServerCertificateContext = file.Current();
            connection.ServerCertificateSelectionCallback = null;
        };
    });
}
