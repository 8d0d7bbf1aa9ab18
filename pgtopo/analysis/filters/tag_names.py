"""The service tags Azure knows, so that a typing error is told from a tag.

Azure rule: "Virtual network service tags", Microsoft Learn; a regional tag is `Tag.Region`.
"""

_WORDS = """
    actiongroup apimanagement appconfiguration appservice appservicemanagement
    autonomousdevelopmentplatform azureactivedirectory azureactivedirectorydomainservices
    azureadvancedthreatprotection azureapiforfhir azurearcinfrastructure azureattestation
    azurebackup azurebotservice azurecloud azurecognitivesearch azureconnectors
    azurecontainerappsservice azurecontainerregistry azurecosmosdb azuredatabricks
    azuredataexplorermanagement azuredatalake azuredeviceupdate azuredevops azuredevspaces
    azuredigitaltwins azureeventgrid azurefrontdoor azurefrontdoor.backend
    azurefrontdoor.firstparty azurefrontdoor.frontend azurehealthcareapis azureinformationprotection
    azureiothub azurekeyvault azureloadbalancer azuremachinelearning azuremachinelearninginference
    azuremanagedgrafana azuremonitor azuremonitorforsap azureopendatasets azureplatformdns
    azureplatformimds azureplatformlkm azureresourcemanager azuresentinel azureservicebus
    azuresignalr azuresiterecovery azuresphere azurespringcloud azurestack azuretrafficmanager
    azureupdatedelivery azurevideoanalyzerformedia azurevirtualdesktop azurewebpubsub
    batchnodemanagement
    chaosstudio cognitiveservicesfrontend cognitiveservicesmanagement corpnetpublic corpnetsaw
    datafactory datafactorymanagement dynamics365businesscentral dynamics365formarketinginternal
    dynamics365fraudprotection eopexternalpublishedips eventhub gatewaymanager genevaactions
    githubactions grafana guestandhybridmanagement hdinsight internet kustoanalytics logicapps
    logicappsmanagement m365managementactivityapi microsoftazurefluidrelay microsoftcloudappsecurity
    microsoftcontainerregistry microsoftdefenderforendpoint microsoftpurviewpolicydistribution
    onedsanalytics onedscollector oneds powerbi powerplatforminfra powerplatformplex
    powerqueryonline scuba securescore serialconsole servicebus servicefabric sql sqlmanagement
    storage storagemover storagesyncservice trafficmanager virtualnetwork virtualdesktop
    windowsadmincenter windowsvirtualdesktop
"""

KNOWN_TAGS = frozenset(_WORDS.split())
"""Every tag, in lower case."""


def is_known_tag(name: str) -> bool:
    """Whether a lower-case word is a service tag, regional forms included."""
    if name in KNOWN_TAGS:
        return True
    head, dot, region = name.partition(".")
    return (
        bool(dot and region) and head in KNOWN_TAGS and head not in ("internet", "virtualnetwork")
    )


def region_word(text: str) -> str:
    """A region as tags and rows write it, in one form: lower case, letters and digits only."""
    return "".join(c for c in text.lower() if c.isalnum())
