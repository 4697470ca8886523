using System.Xml.Linq;
using ClvOrleans.Storage.Access;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ClvOrleans.Server.SignIn;

/// <summary>The keys of data protection, in the store's database, so that every silo reads what another has protected.</summary>
internal sealed class StoredKeyRing(IKeyRing ring) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. ring.ReadAsync().GetAwaiter().GetResult().Select(key => XElement.Parse(key))];

    public void StoreElement(XElement element, string friendlyName) =>
        ring.AddAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting)).GetAwaiter().GetResult();
}
