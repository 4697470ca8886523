using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// The certificate of https addresses. Section <c>Tls</c> of the configuration (<c>Tls__Certificate</c> in the environment).
/// </summary>
internal sealed record TlsOptions : IValidatableObject
{
    /// <summary>The variable by which addresses are judged before anything is built.</summary>
    public const string CertificateVariable = "Tls__Certificate";

    /// <summary>Whether the environment names one.</summary>
    public static bool IsGiven => Environment.GetEnvironmentVariable(CertificateVariable) is { Length: > 0 };

    /// <summary>
    /// A file with the certificate and those that lead to its root, PEM or PKCS #12. Default none: no https address is served. It is read
    /// again when it changes.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The PEM file with its key, if that is not in the file of the certificate.</summary>
    public string? Key { get; set; }

    /// <summary>The password of the key, if it has one.</summary>
    public string? Password { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate is not { Length: > 0 })
        {
            yield break;
        }

        string? mistake = null;
        try
        {
            using var certificate = CertificateFile.Load(this);
            mistake = certificate.HasPrivateKey ? null : "there is no key in it; name the file of the key with Key.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            mistake = $"{Certificate} cannot be read as a certificate with its key: {e.Message}";
        }

        if (mistake is not null)
        {
            yield return new ValidationResult(mistake, [nameof(Certificate)]);
        }
    }
}
